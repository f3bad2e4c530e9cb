#include "CDw.h"
