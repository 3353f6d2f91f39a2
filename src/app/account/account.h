/* account.h - accounts: who can sign in, under which name, and the record in the register that is his own.
 *
 * Commands for store_write. An account belongs to one tenant; its sign-in name is the only one in the whole
 * site (table login). What it may do comes from its posts (grant.h), how it signs in from password.h and
 * factor.h. An administrator writes an account when he could have given every post it has; his own he does
 * not.
 *
 * Events: event.account.opened, event.account.renamed, event.account.bound, event.account.closed */
#pragma once
#include "app/role/actor.h"
#include "store/rows.h"

enum { LOGIN_MIN = 3, LOGIN_MAX = 32, ACCOUNT_NAME_MAX = 40 };

/* Lower case letters, digits, dot, underscore, hyphen; begins with a letter, so it is never a phone or an
 * identity number. */
bool login_ok(str login);

typedef struct account_new {
	const actor *by;
	const roles *roles;
	int64_t tenant;
	str login, name;
	int64_t person; /* 0: not in the register, or not known */
} account_new;

/* *out (int64_t) is its id. It has no password and no post yet. RC_DENIED account.denied. RC_INVALID
 * account.login, account.name. RC_CONFLICT account.login_taken. */
rc account_open(tx *t, const void *in, void *out) MUST_USE;

typedef struct account_edit {
	const actor *by;
	const roles *roles;
	int64_t tenant, id;
	str login, name; /* as they shall be; an empty one stays as it is */
} account_edit;

/* RC_NOT_FOUND: no such open account. RC_DENIED account.denied; RC_INVALID, RC_CONFLICT as above. */
rc account_rename(tx *t, const void *in, void *out) MUST_USE;

typedef struct account_ref {
	const actor *by;
	const roles *roles;
	int64_t tenant, id;
	int64_t home, person; /* for account_bind: the record, and its federation (0: the account's) */
} account_ref;

/* This person is the account's own: for "self and near relative", and an applicant's records. An applicant's
 * is bound at a counter, by who accepts applications and may read that very record; the event stands in the
 * account's tenant, for a phone account the nation's, with the officer as its actor.
 * RC_NOT_FOUND: no such account, or no such record to this officer. RC_DENIED account.denied. Never from one
 * person to another: RC_CONFLICT account.bound; grant.exclusive when his two accounts hold what nobody may.
 */
rc account_bind(tx *t, const void *in, void *out) MUST_USE;

/* Ends the account with its posts, deputies, sessions, password and second factor; its acts stay. */
rc account_close(tx *t, const void *in, void *out) MUST_USE;

/* ---- for the other files of this folder ---- */

/* The open account. RC_NOT_FOUND. */
rc account_find(tx *t, int64_t tenant, int64_t id, row_account *out) MUST_USE;

/* May `by` write this account?  RC_DENIED account.denied, account.self. */
rc account_check(tx *t, const actor *by, const roles *all, const row_account *a) MUST_USE;

/* An account of an applicant, made when he first signs in; `login` is his adapter's name for him. */
rc account_of_applicant(tx *t, int64_t tenant, str login, int64_t person, row_account *out) MUST_USE;

event_head account_event(const actor *by, const char *kind, int64_t tenant, int64_t subject);
str tx_day(tx *t); /* today as text, in the command's arena */
