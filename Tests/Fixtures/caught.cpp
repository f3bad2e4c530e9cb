// What catchpoints stop at, one event after another.
#include <csignal>
#include <cstdio>
#include <dlfcn.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

struct Mark {
  virtual ~Mark() {}
  int mark = 0;
};
struct Fault : Mark, std::runtime_error {
  using std::runtime_error::runtime_error;
  const char *what() const noexcept override { return "a fault of its own"; }
};

static int handled;
static void handle(int) { handled += 1; }

static void throwing() {
  try {
    try {
      throw std::out_of_range("far out");
    } catch (std::exception &) {
      throw;
    }
  } catch (...) {
  }
  try {
    throw Fault("hidden");
  } catch (Mark &) {
  }
  try {
    throw 42;
  } catch (int) {
  }
}

int main(int count, char **words) {
  signal(SIGURG, handle);
  throwing();
  raise(SIGURG);
  void *library = dlopen("libutil.so.1", RTLD_NOW);
  if (library) dlclose(library);
  if (pid_t child = fork()) waitpid(child, nullptr, 0);
  else _exit(0);
  if (pid_t child = vfork()) waitpid(child, nullptr, 0);
  else _exit(0);
  (void)getppid();
  if (count > 1) execl(words[0], words[0], static_cast<char *>(nullptr));
  return handled == 1 ? 0 : 1;
}
