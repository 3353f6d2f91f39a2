/* http_listen.h - the address a server listens at, and its socket. */
#pragma once
#include "base/fault.h"

typedef struct http_listener {
	int fd;
	unsigned port; /* 0 for a Unix socket */
	bool fronted;  /* a Unix socket: TLS ends in front of us, forwarded fields are true */
} http_listener;

/* "127.0.0.1:8080", "[::1]:8080", "unix:/run/zhucan.sock".
 * RC_INVALID http.address (not one of these), http.address.plain (not loopback: what is typed into a form
 * would cross the network in the clear); RC_CONFLICT http.address.used; RC_IO http.listen. */
rc http_listen(fault *f, str address, http_listener *out) MUST_USE;
