# expect 6: inline <script>: put it into assets/
template page_x
  s str
  list list str
---
<script>{s}</script>
