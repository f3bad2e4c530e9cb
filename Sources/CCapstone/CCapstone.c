#include "CCapstone.h"
