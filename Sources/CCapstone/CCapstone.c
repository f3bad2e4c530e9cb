#include "CCapstone.h"

#include <capstone/capstone.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

// Capstone's tables for all its processors hold more addresses to relocate than sdb and the rest of its libraries: it is loaded when
// there is something to disassemble.
static struct {
  typeof(&cs_open) open;
  typeof(&cs_close) close;
  typeof(&cs_option) option;
  typeof(&cs_malloc) make_instruction;
  typeof(&cs_free) free_instruction;
  typeof(&cs_disasm_iter) decode;
  typeof(&cs_insn_name) name;
  typeof(&cs_insn_group) is_in_group;
} library;
static bool is_loaded;
static pthread_once_t once = PTHREAD_ONCE_INIT;

#define TEXT(token) #token
#define NUMBER(macro) TEXT(macro)

static void load(void) {
  void *handle = dlopen("libcapstone.so." NUMBER(CS_API_MAJOR), RTLD_NOW | RTLD_LOCAL);
  if (handle == NULL) return;
  *(void **)&library.open = dlsym(handle, "cs_open");
  *(void **)&library.close = dlsym(handle, "cs_close");
  *(void **)&library.option = dlsym(handle, "cs_option");
  *(void **)&library.make_instruction = dlsym(handle, "cs_malloc");
  *(void **)&library.free_instruction = dlsym(handle, "cs_free");
  *(void **)&library.decode = dlsym(handle, "cs_disasm_iter");
  *(void **)&library.name = dlsym(handle, "cs_insn_name");
  *(void **)&library.is_in_group = dlsym(handle, "cs_insn_group");
  is_loaded = library.open && library.close && library.option && library.make_instruction &&
              library.free_instruction && library.decode && library.name && library.is_in_group;
}

struct sdb_capstone {
  csh handle;
  cs_insn *instruction;
};

bool sdb_capstone_is_there(void) {
  pthread_once(&once, load);
  return is_loaded;
}

struct sdb_capstone *sdb_capstone_open(bool att) {
  if (!sdb_capstone_is_there()) return NULL;
  struct sdb_capstone *capstone = calloc(1, sizeof *capstone);
  if (capstone == NULL) return NULL;
  if (library.open(CS_ARCH_X86, CS_MODE_64, &capstone->handle) != CS_ERR_OK) {
    free(capstone);
    return NULL;
  }
  library.option(capstone->handle, CS_OPT_DETAIL, CS_OPT_ON);
  library.option(capstone->handle, CS_OPT_SYNTAX, att ? CS_OPT_SYNTAX_ATT : CS_OPT_SYNTAX_INTEL);
  capstone->instruction = library.make_instruction(capstone->handle);
  if (capstone->instruction == NULL) {
    library.close(&capstone->handle);
    free(capstone);
    return NULL;
  }
  return capstone;
}

void sdb_capstone_close(struct sdb_capstone *capstone) {
  library.free_instruction(capstone->instruction, 1);
  library.close(&capstone->handle);
  free(capstone);
}

static enum sdb_flow flow_of(csh handle, const cs_insn *instruction) {
  switch (instruction->id) {
  case X86_INS_SYSCALL:
  case X86_INS_SYSENTER:
    return SDB_FLOW_SYSTEM_CALL;
  case X86_INS_INT: {
    const cs_x86 *x86 = &instruction->detail->x86;
    return x86->op_count == 1 && x86->operands[0].imm == 0x80 ? SDB_FLOW_SYSTEM_CALL : SDB_FLOW_NEXT;
  }
  case X86_INS_JMP:
  case X86_INS_LJMP:
    return SDB_FLOW_JUMP;
  // Capstone's group of jumps leaves these out.
  case X86_INS_LOOP:
  case X86_INS_LOOPE:
  case X86_INS_LOOPNE:
  case X86_INS_JRCXZ:
  case X86_INS_JECXZ:
    return SDB_FLOW_CONDITIONAL_JUMP;
  default:
    break;
  }
  if (library.is_in_group(handle, instruction, CS_GRP_CALL)) return SDB_FLOW_CALL;
  if (library.is_in_group(handle, instruction, CS_GRP_RET)) return SDB_FLOW_RETURN;
  if (library.is_in_group(handle, instruction, CS_GRP_JUMP)) return SDB_FLOW_CONDITIONAL_JUMP;
  return SDB_FLOW_NEXT;
}

static void copy(char *to, size_t size, const char *from) {
  size_t length = from == NULL ? 0 : strnlen(from, size - 1);
  if (length != 0) memcpy(to, from, length);
  to[length] = 0;
}

bool sdb_capstone_decode(struct sdb_capstone *capstone, const uint8_t *bytes, size_t size, uint64_t address,
                         struct sdb_instruction *result) {
  cs_insn *instruction = capstone->instruction;
  if (!library.decode(capstone->handle, &bytes, &size, &address, instruction)) return false;
  memset(result, 0, sizeof *result);
  copy(result->mnemonic, sizeof result->mnemonic, instruction->mnemonic);
  copy(result->name, sizeof result->name, library.name(capstone->handle, instruction->id));
  copy(result->operands, sizeof result->operands, instruction->op_str);
  result->length = instruction->size;
  result->flow = flow_of(capstone->handle, instruction);
  const cs_x86 *x86 = &instruction->detail->x86;
  result->has_displacement = x86->encoding.disp_size != 0;
  for (uint8_t i = 0; i < x86->op_count; i++) {
    const cs_x86_op *operand = &x86->operands[i];
    if (operand->type == X86_OP_MEM && operand->mem.base == X86_REG_RIP) {
      result->has_reference = true;
      result->reference = instruction->address + instruction->size + (uint64_t)operand->mem.disp;
    }
    bool branches = result->flow == SDB_FLOW_CALL || result->flow == SDB_FLOW_JUMP ||
                    result->flow == SDB_FLOW_CONDITIONAL_JUMP;
    if (operand->type == X86_OP_IMM && branches) {
      result->has_target = true;
      result->target = (uint64_t)operand->imm;
    }
  }
  return true;
}
