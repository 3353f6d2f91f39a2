# expect 2: want: template NAME, struct NAME, or # a comment
hello
