#include "CCapstone.h"

#include <capstone/capstone.h>
#include <stdlib.h>
#include <string.h>

struct sdb_capstone {
  csh handle;
  cs_insn *instruction;
};

struct sdb_capstone *sdb_capstone_open(bool att) {
  struct sdb_capstone *capstone = calloc(1, sizeof *capstone);
  if (capstone == NULL) return NULL;
  if (cs_open(CS_ARCH_X86, CS_MODE_64, &capstone->handle) != CS_ERR_OK) {
    free(capstone);
    return NULL;
  }
  cs_option(capstone->handle, CS_OPT_DETAIL, CS_OPT_ON);
  cs_option(capstone->handle, CS_OPT_SYNTAX, att ? CS_OPT_SYNTAX_ATT : CS_OPT_SYNTAX_INTEL);
  capstone->instruction = cs_malloc(capstone->handle);
  if (capstone->instruction == NULL) {
    cs_close(&capstone->handle);
    free(capstone);
    return NULL;
  }
  return capstone;
}

void sdb_capstone_close(struct sdb_capstone *capstone) {
  cs_free(capstone->instruction, 1);
  cs_close(&capstone->handle);
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
  if (cs_insn_group(handle, instruction, CS_GRP_CALL)) return SDB_FLOW_CALL;
  if (cs_insn_group(handle, instruction, CS_GRP_RET)) return SDB_FLOW_RETURN;
  if (cs_insn_group(handle, instruction, CS_GRP_JUMP)) return SDB_FLOW_CONDITIONAL_JUMP;
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
  if (!cs_disasm_iter(capstone->handle, &bytes, &size, &address, instruction)) return false;
  memset(result, 0, sizeof *result);
  copy(result->mnemonic, sizeof result->mnemonic, instruction->mnemonic);
  copy(result->name, sizeof result->name, cs_insn_name(capstone->handle, instruction->id));
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
