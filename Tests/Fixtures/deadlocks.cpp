// Deadlocks of the C++ library's locks; the argument says which.
#include <mutex>
#include <shared_mutex>
#include <thread>
extern "C" {
#include "stuck.h"
}

struct Bank {
  std::mutex vault;
  std::shared_mutex rates;
};

static void reads(Bank &bank, pthread_barrier_t *together) {
  pthread_setname_np(pthread_self(), "reads");
  std::shared_lock rates(bank.rates);
  pthread_barrier_wait(together);
  blocks();
  std::lock_guard vault(bank.vault);  // wants the vault
}

static void writes(Bank &bank, pthread_barrier_t *together) {
  pthread_setname_np(pthread_self(), "writes");
  std::unique_lock vault(bank.vault);
  pthread_barrier_wait(together);
  blocks();
  std::unique_lock rates(bank.rates);  // wants the rates
}

static void owns(Bank &bank, pthread_barrier_t *together) {
  pthread_setname_np(pthread_self(), "owns");
  std::unique_lock rates(bank.rates);
  pthread_barrier_wait(together);
  blocks();
  std::lock_guard vault(bank.vault);  // owner wants the vault
}

static void shares(Bank &bank, pthread_barrier_t *together) {
  pthread_setname_np(pthread_self(), "shares");
  std::unique_lock vault(bank.vault);
  pthread_barrier_wait(together);
  blocks();
  std::shared_lock rates(bank.rates);  // wants to read the rates
}

int main(int count, char **arguments) {
  Bank bank;
  pthread_barrier_t together;
  pthread_barrier_init(&together, nullptr, 2);
  bool exclusive = count > 1 && !strcmp(arguments[1], "exclusive");
  std::thread one(exclusive ? owns : reads, std::ref(bank), &together);
  std::thread two(exclusive ? shares : writes, std::ref(bank), &together);
  watch(2);
}
