# expect 6: inline <style>: put it into assets/
template page_x
  s str
  list list str
---
<style></style>
