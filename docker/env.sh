# The lab's surroundings, for bash to source from anywhere: . docker/env.sh
#
# Everything that Jupyter would write to the home directory goes into .venv instead.
SPARSEQ_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
export SPARSEQ_ROOT
export PATH="$SPARSEQ_ROOT/.venv/bin:$PATH"

export PJRT_PLUGIN_LIBRARY_PATH="$SPARSEQ_ROOT/.venv/lib/pjrt"
export GOMLX_NO_AUTO_INSTALL=1
# Large pages for XLA's temporary memory, some 100 MB that each step takes and gives back: without
# them a third of a recurrent network's training goes into page faults. Others than glibc ignore it.
export GLIBC_TUNABLES=glibc.malloc.hugetlb=1

export JUPYTER_CONFIG_DIR="$SPARSEQ_ROOT/.venv/var/jupyter/config"
export JUPYTER_DATA_DIR="$SPARSEQ_ROOT/.venv/var/jupyter/data"
export JUPYTER_RUNTIME_DIR="$SPARSEQ_ROOT/.venv/var/jupyter/runtime"
export IPYTHONDIR="$SPARSEQ_ROOT/.venv/var/ipython"

# A cell of the Go kernel is a program built and run afresh. Without symbols and with Go's own
# linker it starts in less than half the time. The build cache is warmed with the same flags.
SPARSEQ_CELL_GOFLAGS="-buildvcs=false '-ldflags=-s -w -linkmode=internal'"
