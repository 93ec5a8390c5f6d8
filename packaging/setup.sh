#!/bin/sh
# Make everything that IlloDesk needs, and nothing that is already there:
#   setup.sh run    the virtual environment .venv with what the program needs
#   setup.sh test   the same, with what its tests need
# System libraries (illodesk/resources/system-packages.txt) are installed by apt where that is allowed without asking;
# otherwise the one command that installs them is printed. A second call returns at once.
set -eu
cd "$(dirname "$0")/.."

purpose=${1:?run or test}
venv=.venv

say() { printf '\n== %s\n' "$*"; }
stop() { printf '\nillodesk: %s\n' "$*" >&2; exit 1; }

# --- system libraries ------------------------------------------------------------------------------------------------

groups() {
    if [ "$purpose" = test ]; then echo test
    elif sh packaging/has-display.sh; then echo "run window"
    else echo run
    fi
}

loader_cache() { PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null || true; }

# is_there PROOF: 0 when the library, command or file is there
is_there() {
    case $1 in
        lib:*) printf '%s\n' "$libraries" | grep -qF "$(printf '\t')${1#lib:} (" ;;
        cmd:*) command -v "${1#cmd:}" >/dev/null 2>&1 ;;
        file:*) [ -e "${1#file:}" ] ;;
        *) stop "illodesk/resources/system-packages.txt: unknown proof '$1'" ;;
    esac
}

# missing_packages NEED: names of the packages of this need that are wanted now and not there
missing_packages() {
    wanted=$(groups)
    libraries=$(loader_cache)
    grep -v '^ *#' illodesk/resources/system-packages.txt | while read -r package proof in_groups need _; do
        [ "$need" = "$1" ] || continue
        for group in $wanted; do
            case ",$in_groups," in
                *",$group,"*) is_there "$proof" || echo "$package"; break ;;
            esac
        done
    done | tr '\n' ' ' | sed 's/ $//'
}

# Prints what to put before apt-get: nothing for root, sudo where it needs no password; fails where apt may not be used.
apt_prefix() {
    command -v apt-get >/dev/null 2>&1 || return 1
    if [ "$(id -u)" = 0 ]; then echo "env"
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then echo "sudo -n env"
    else return 1
    fi
}

# apt_install PACKAGE…: refreshes the package lists only when they do not know the packages
apt_install() {
    prefix=$(apt_prefix) || return 1
    set -- DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends "$@"
    # shellcheck disable=SC2086 # the prefix is words on purpose
    $prefix "$@" && return 0
    say "Refreshing the package lists"
    # shellcheck disable=SC2086
    $prefix apt-get -o DPkg::Lock::Timeout=120 update && $prefix "$@"
}

# install_command PACKAGE…: the one command that a person has to type
install_command() {
    if [ "$(id -u)" = 0 ]; then echo "apt-get update && apt-get install -y --no-install-recommends $*"
    else echo "sudo apt-get update && sudo apt-get install -y --no-install-recommends $*"
    fi
}

system_libraries() {
    [ "$(uname -s)" = Linux ] || return 0
    required=$(missing_packages required)
    optional=$(missing_packages optional)
    # What can be done without is tried once, when the environment is made, so that later calls do not wait for apt.
    if [ -n "$required" ] || { [ -n "$optional" ] && ! is_made; }; then
        if apt_prefix >/dev/null; then
            say "Installing system libraries: $required $optional"
            # shellcheck disable=SC2086 # package names are words
            apt_install $required $optional || true
            required=$(missing_packages required)
            optional=$(missing_packages optional)
        fi
    fi
    if [ -n "$required" ]; then
        stop "system libraries are missing. Install them (Debian and Ubuntu) and repeat:
  $(install_command "$required" "$optional")"
    elif [ -n "$optional" ]; then
        say "Going on without optional system libraries. To install them (Debian and Ubuntu):"
        # shellcheck disable=SC2086
        echo "  $(install_command $optional)"
    fi
}

# --- Python ----------------------------------------------------------------------------------------------------------

fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' >/dev/null 2>&1; }

find_python() {
    for candidate in ${PYTHON:-} python3.11 python3.12 python3.13 python3 python; do
        if fits "$candidate"; then command -v "$candidate"; return 0; fi
    done
    stop "Python 3.11, 3.12 or 3.13 is needed. On Debian 12 and Ubuntu 22.04:
  $(install_command python3.11 python3.11-venv)"
}

make_venv() {
    if fits "$venv/bin/python" && "$venv/bin/python" -m pip --version >/dev/null 2>&1; then return 0; fi
    python=$(find_python)
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        say "Installing $package, without which $python cannot make virtual environments"
        apt_install "$package" || stop "$package is missing. Install it and repeat:
  $(install_command "$package")"
    fi
    say "Making $venv with $("$python" --version)"
    "$python" -m venv --clear "$venv"
}

pip_install() { "$venv/bin/python" -m pip --disable-pip-version-check --no-input install "$@"; }

# What the environment was made from: content, not dates, so that a fresh checkout does not start over.
fingerprint() {
    cat "$1" requirements.txt pyproject.toml | cksum
    pwd
}

# made_from REQUIREMENTS STAMP: 0 when the environment was completely made from these files
made_from() { [ -f "$2" ] && [ "$(cat "$2")" = "$(fingerprint "$1")" ]; }

# is_made: 0 when the environment has all that this purpose needs; one made for the tests can run the program too
is_made() {
    fits "$venv/bin/python" || return 1
    made_from requirements-dev.txt "$venv/made-for-test" && return 0
    [ "$purpose" = run ] && made_from requirements.txt "$venv/made-for-run"
}

python_packages() {
    if is_made; then return 0; fi
    make_venv
    case $purpose in
        test) requirements="requirements-dev.txt" ;;
        run) requirements="requirements.txt" ;;
    esac
    stamp=$venv/made-for-$purpose
    rm -f "$stamp"
    say "Installing $(grep -c '^[A-Za-z0-9].*==' "$requirements") Python packages into $venv (about a minute)"
    pip_install --require-hashes -r "$requirements"
    say "Installing IlloDesk itself"
    pip_install --no-build-isolation --no-deps -e .
    fingerprint "$requirements" >"$stamp"
    say "$venv is ready"
}

case $purpose in run | test) ;; *) stop "setup.sh run, or setup.sh test" ;; esac
system_libraries
python_packages
