/* files.h - the files of one definition, gathered: from the program's pack or from a folder. */
#pragma once
#include "app/service/service.h"
#include "base/vec.h"

enum { SERVICE_FILE_MAX = 512 * 1024, SERVICE_FILES_MAX = 64 };

typedef VEC(service_file) service_files;

/* services/ID.yaml, services/ID/forms/… and of services/shared/ what it names; the first is named by its
 * path. RC_NOT_FOUND: no such service. */
rc service_files_packed(const pack *p, arena *a, str id, service_files *out) MUST_USE;

/* "dir/ID.yaml", the files of "dir/ID/forms/" and of "dir/shared/" those it names. RC_NOT_FOUND, RC_LIMIT
 * file.size, RC_IO file.read. */
rc service_files_read(arena *a, fault *f, str path, service_files *out) MUST_USE;

/* All files as one text, as table `definition` keeps it, and back. RC_INVALID service.bundle. */
str service_files_join(arena *a, const service_files *v);
rc service_files_split(arena *a, fault *f, str text, service_files *out) MUST_USE;
