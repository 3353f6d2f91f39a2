/* expect 6: FAIL does not give {n}, which "t.a" needs */
/* FAIL(f, RC_INVALID, "t.c") in a note is no call; nor is "FAIL(f, 1, \"t.d\")" in a text. */
int f(void)
{
	FAIL(f, g(1, 2), "t.a", FA_INT("n", 3));
	return FAIL(f, RC_INVALID, "t.a",
		    FA_STR("m", s));
}
