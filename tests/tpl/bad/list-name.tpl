# expect 2: "list_a": list_ begins the names of lists in C
struct list_a
  s str
