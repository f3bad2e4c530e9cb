#ifndef SDB_CPTRACE_H
#define SDB_CPTRACE_H

#endif
