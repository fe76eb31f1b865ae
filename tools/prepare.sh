# Sourced by ./run, ./test and ./bench: what they all need from the machine, and how the programs are built.
# Everything is asked for by package name from the machine's own sources; nothing is downloaded at run time.

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 69; }

# need COMMAND PACKAGE WHY: remembers a Debian package whose command is missing.
missing_packages=()
need() { command -v "$1" >/dev/null 2>&1 || missing_packages+=("$2"); }
need_file() { compgen -G "$1" >/dev/null 2>&1 || missing_packages+=("$2"); }

install_missing() {
    [ ${#missing_packages[@]} -eq 0 ] && return 0
    if [ "$(id -u)" -ne 0 ]; then
        fail "These Debian packages are missing: ${missing_packages[*]}. Install them as root: apt-get install ${missing_packages[*]}"
    fi
    command -v apt-get >/dev/null 2>&1 || fail "These packages are missing and there is no apt-get to install them: ${missing_packages[*]}"
    say "Installing ${missing_packages[*]} …"
    local log; log=$(mktemp)
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing_packages[@]}"; } >"$log" 2>&1 \
        || { tail -20 "$log" >&2; fail "apt-get could not install: ${missing_packages[*]}"; }
    rm -f "$log"
    missing_packages=()
}

# apcupsd and nut-client exclude each other as packages, though not as programs: apcupsd is unpacked beside ours instead of installed.
unpack_apcupsd() {
    [ -x out/peers/apcupsd/sbin/apcupsd ] && return 0
    local there; there=$(mktemp -d)
    # The download drops its rights, so the folder is open to it.
    chmod 755 "$there"
    if ! (cd "$there" && { apt-get download apcupsd || { apt-get update && apt-get download apcupsd; }; } && dpkg -x apcupsd_*.deb unpacked) >"$there/log" 2>&1; then
        tail -5 "$there/log" >&2
        fail "The package apcupsd could not be fetched."
    fi
    mkdir -p out/peers && rm -rf out/peers/apcupsd && cp -r "$there/unpacked" out/peers/apcupsd
    rm -rf "$there"
}

require_sdk() {
    command -v dotnet >/dev/null 2>&1 || fail "The .NET SDK 10 is missing (dotnet). Install it and start again."
    case "$(dotnet --version 2>/dev/null)" in
        10.*) ;;
        *) fail "The .NET SDK 10 is needed; found: $(dotnet --version 2>&1 | head -1)" ;;
    esac
    command -v node >/dev/null 2>&1 || fail "Node.js 20 or newer is missing (node). Install it and start again."
    command -v npm >/dev/null 2>&1 || fail "npm is missing. Install it with Node.js and start again."
}

# All that goes into the programs; a change in any of it asks for a new build.
sources_digest() {
    { find firmware-bridge service hosting dashboard simulators tools -type f \
        -not -path '*/bin/*' -not -path '*/obj/*' -not -path '*/node_modules/*' -not -path '*/wwwroot/js/*' -not -path '*/wwwroot/tokens/*' -print0
      printf '%s\0' Directory.Build.props Directory.Packages.props global.json; } | sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1
}

# publish_one PROJECT FOLDER LOG [OPTION…]: one program, ready to start.
publish_one() { dotnet publish "$1" -c Release -o "out/$2" --nologo -v q "${@:4}" >"$3" 2>&1; }

# publish_ahead PROJECT FOLDER LOG: the same, compiled ahead of time, so that it starts in a fraction (docs/adr/0019). Where the compiler for that
# cannot be had the program is published without: it does the same, later.
publish_ahead() {
    if [ "$(uname -m)" = x86_64 ] && publish_one "$@" -r linux-x64 --no-self-contained -p:PublishReadyToRun=true; then return 0; fi
    rm -rf "out/$2"
    publish_one "$@"
}

# publish_programs: out/{service,bridge,simulators,verify}, ready to start; nothing to do when they are up to date.
publish_programs() {
    local digest; digest=$(sources_digest)
    if [ "$(cat out/.sources 2>/dev/null)" = "$digest" ]; then return 0; fi
    say "Building the programs (about a minute the first time) …"
    local log; log=$(mktemp)
    rm -rf out/service out/bridge out/simulators out/verify out/.sources
    for one in ahead:service/RoomGuard.Service:service ahead:firmware-bridge/RoomGuard.Bridge:bridge one:simulators/RoomGuard.Simulators:simulators one:service/RoomGuard.Verify:verify; do
        IFS=: read -r how project folder <<<"$one"
        "publish_$how" "$project" "$folder" "$log" \
            || { grep -E 'error|warn' "$log" | sort -u | head -20 >&2; tail -5 "$log" >&2; fail "The build of $project failed."; }
    done
    rm -f "$log"
    printf '%s\n' "$digest" > out/.sources
}
