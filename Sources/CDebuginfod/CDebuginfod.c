#define _GNU_SOURCE
#include "CDebuginfod.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// libdebuginfod brings libcurl along, which takes longer to load than all the rest: it is loaded when it is needed.
// debuginfod_find_debuginfo(3) describes the functions.

typedef struct debuginfod_client client;
typedef int (*find_function)(client *, const unsigned char *, int, char **);

static struct {
  client *(*begin)(void);
  void (*end)(client *);
  find_function find_debuginfo;
  find_function find_executable;
  int (*find_source)(client *, const unsigned char *, int, const char *, char **);
  void (*set_progress)(client *, int (*)(client *, long, long));
  void (*set_user_data)(client *, void *);
  void *(*get_user_data)(client *);
} library;
static bool is_loaded;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  void *handle = dlopen("libdebuginfod.so.1", RTLD_NOW | RTLD_LOCAL);
  if (handle == NULL) return;
  *(void **)&library.begin = dlsym(handle, "debuginfod_begin");
  *(void **)&library.end = dlsym(handle, "debuginfod_end");
  *(void **)&library.find_debuginfo = dlsym(handle, "debuginfod_find_debuginfo");
  *(void **)&library.find_executable = dlsym(handle, "debuginfod_find_executable");
  *(void **)&library.find_source = dlsym(handle, "debuginfod_find_source");
  *(void **)&library.set_progress = dlsym(handle, "debuginfod_set_progressfn");
  *(void **)&library.set_user_data = dlsym(handle, "debuginfod_set_user_data");
  *(void **)&library.get_user_data = dlsym(handle, "debuginfod_get_user_data");
  is_loaded = library.begin && library.end && library.find_debuginfo && library.find_executable &&
              library.find_source && library.set_progress && library.set_user_data && library.get_user_data;
}

struct request {
  sdb_debuginfod_progress progress;
  void *context;
  bool is_given_up;
};

static int on_progress(client *from, long done, long total) {
  struct request *request = library.get_user_data(from);
  if (!request->progress(request->context, done, total)) request->is_given_up = true;
  return request->is_given_up;
}

// The library takes the servers from the environment alone, at each question. setenv(3) moves the list of variables once at most, to a
// copy, so that whoever reads it meanwhile on another thread still has a whole one.
static int set_servers(const char *servers) {
  static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  pthread_mutex_lock(&lock);
  const char *known = getenv("DEBUGINFOD_URLS");
  int status = 0;
  if (known == NULL || strcmp(known, servers) != 0) status = setenv("DEBUGINFOD_URLS", servers, 1);
  pthread_mutex_unlock(&lock);
  return status;
}

int sdb_debuginfod_find(const char *servers, enum sdb_debuginfod_kind kind, const unsigned char *build_id, size_t count,
                        const char *source, sdb_debuginfod_progress progress, void *context, char **path) {
  pthread_once(&once, load);
  if (!is_loaded) return -ENOSYS;
  if (set_servers(servers) != 0) return -ENOMEM;
  client *own = library.begin();
  if (own == NULL) return -ENOMEM;
  struct request request = {.progress = progress, .context = context};
  library.set_user_data(own, &request);
  library.set_progress(own, on_progress);
  int file = -EINVAL;
  switch (kind) {
  case SDB_DEBUGINFOD_DEBUGINFO: file = library.find_debuginfo(own, build_id, (int)count, path); break;
  case SDB_DEBUGINFOD_EXECUTABLE: file = library.find_executable(own, build_id, (int)count, path); break;
  case SDB_DEBUGINFOD_SOURCE: file = library.find_source(own, build_id, (int)count, source, path); break;
  }
  library.end(own);
  if (file >= 0) {
    close(file);
    return 0;
  }
  return request.is_given_up ? -EINTR : file;
}
