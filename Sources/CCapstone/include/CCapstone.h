#ifndef SDB_CCAPSTONE_H
#define SDB_CCAPSTONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum sdb_flow {
  SDB_FLOW_NEXT,
  SDB_FLOW_CALL,
  SDB_FLOW_JUMP,
  SDB_FLOW_CONDITIONAL_JUMP,
  SDB_FLOW_RETURN,
  SDB_FLOW_SYSTEM_CALL,
};

/// An instruction as Capstone decodes it.
struct sdb_instruction {
  /// As printed, and without the size suffix that AT&T syntax may add.
  char mnemonic[32];
  char name[32];
  char operands[160];
  size_t length;
  enum sdb_flow flow;
  bool has_target;
  uint64_t target;
  /// What a RIP-relative operand names.
  bool has_reference;
  uint64_t reference;
  /// True where a displacement is encoded, be it 0.
  bool has_displacement;
};

struct sdb_capstone;

/// Whether Capstone's library could be loaded.
bool sdb_capstone_is_there(void);
/// A decoder of x86-64 code; NULL where that is not there, or there is no memory for it. Printed in AT&T syntax or Intel's.
struct sdb_capstone *sdb_capstone_open(bool att);
void sdb_capstone_close(struct sdb_capstone *capstone);

/// Decodes one instruction at `address`; false where the bytes are none that Capstone knows.
bool sdb_capstone_decode(struct sdb_capstone *capstone, const uint8_t *bytes, size_t size, uint64_t address,
                         struct sdb_instruction *result);

#endif
