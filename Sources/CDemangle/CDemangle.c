#include "CDemangle.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

// Of libstdc++ (<cxxabi.h> is a C++ header) and of the Swift runtime (which has none).
extern char *__cxa_demangle(const char *mangled, char *buffer, size_t *length, int *status);
extern char *swift_demangle(const char *mangled, size_t length, char *buffer, size_t *size, uint32_t flags);

char *sdb_demangle_cpp(const char *mangled) {
  int status = 0;
  return __cxa_demangle(mangled, NULL, NULL, &status);
}

char *sdb_demangle_swift(const char *mangled) {
  return swift_demangle(mangled, strlen(mangled), NULL, NULL, 0);
}
