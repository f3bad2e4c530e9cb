#include "CPtrace.h"
