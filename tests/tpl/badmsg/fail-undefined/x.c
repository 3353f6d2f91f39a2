/* expect 4: FAIL names "t.b", which no file in locale/ defines */
int f(void)
{
	return FAIL(f, RC_INVALID, "t.b");
}
