#!/bin/sh
# deps.sh run|test - install the Debian packages and npm modules that are missing, and nothing when none is.
#
# Debian 12 is the reference; elsewhere it names what it wants and goes on. Asks for sudo when not root.
set -eu
cd "$(dirname "$0")/.."
what=${1:-run}

# What `make run` compiles and links with, and the fonts that its documents embed.
packages='build-essential pkg-config meson ninja-build
	libcairo2-dev libcsv-dev libcurl4-openssl-dev libexpat1-dev libintelrdfpmath-dev libjansson-dev
	libmicrohttpd-dev libpango1.0-dev libpcre2-dev libpq-dev libqrencode-dev libseccomp-dev libsodium-dev
	libssl-dev libutf8proc-dev libxlsxwriter-dev libyaml-dev libzip-dev libzstd-dev zlib1g-dev
	fonts-noto-cjk fonts-hanazono unicode-data'
case $what in
run) ;;
test)
	# The other compiler and its runtime, the test library, a PostgreSQL, a browser, and readers of what we write.
	packages="$packages clang clang-format libclang-rt-14-dev libcmocka-dev postgresql postgresql-client
		chromium default-jre-headless lynx w3m python3 curl git libxml2-utils poppler-utils shellcheck valgrind
		zip unzip"
	;;
*)
	echo "usage: deps.sh run|test" >&2
	exit 2
	;;
esac
command -v npm >/dev/null || packages="$packages nodejs npm"

# Some machines have a node that Debian's does not go with: only a missing npm is installed.
missing() {
	# shellcheck disable=SC2086 # a list of words
	dpkg-query -W -f '${db:Status-Status} ${Package}\n' $packages 2>/dev/null |
		awk -v want="$packages" '$1 == "installed" { have[$2] }
			END { n = split(want, w); for (i = 1; i <= n; i++) if (!(w[i] in have)) print w[i] }'
}

as_root() {
	if [ "$(id -u)" = 0 ]; then
		env DEBIAN_FRONTEND=noninteractive "$@"
	else
		sudo env DEBIAN_FRONTEND=noninteractive "$@"
	fi
}

# A line every 50 packages, and what apt has to complain about.
install() {
	{
		as_root apt-get install -y -q --no-install-recommends -o Dpkg::Use-Pty=0 "$@" </dev/null 2>&1 ||
			echo "deps: apt-get failed"
	} | {
		n=0
		while IFS= read -r line; do
			case $line in
			*"newly installed"*) echo "  $line" ;;
			"Setting up "*)
				n=$((n + 1))
				[ $((n % 50)) != 0 ] || echo "  $n packages set up"
				;;
			E:* | W:* | Err:* | dpkg:*) echo "  $line" ;;
			"deps: apt-get failed") exit 1 ;;
			esac
		done
	}
}

if command -v dpkg-query >/dev/null; then
	want=$(missing)
	if [ -n "$want" ]; then
		# shellcheck disable=SC2086
		echo installing: $want
		as_root apt-get update -q || echo "deps: the package lists are not all fresh; going on"
		case $want in
		*postgresql*)
			# The package would start a server of its own; the tests start theirs.
			install postgresql-common
			conf=/etc/postgresql-common/createcluster.conf
			grep -q '^create_main_cluster = false' $conf ||
				as_root sh -c "echo 'create_main_cluster = false' >>$conf"
			;;
		esac
		# shellcheck disable=SC2086
		install $want
	fi
else
	# shellcheck disable=SC2086
	echo deps: not a Debian. What it needs, by the names it has there: $packages
fi

# What the pages are made of, and for the tests what reads them: npm ci when package-lock.json is newer than the
# last. What is there for the tests serves the program too.
stamp=node_modules/.zhucan
fresh() {
	[ -f "$stamp-$1" ] && [ -z "$(find package-lock.json -newer "$stamp-$1")" ]
}
if [ -f package-lock.json ] && ! fresh test && ! { [ "$what" = run ] && fresh run; }; then
	echo "npm ci"
	omit=
	[ "$what" = test ] || omit=--omit=dev
	# shellcheck disable=SC2086
	npm ci $omit --ignore-scripts --no-audit --no-fund --loglevel=error </dev/null
	touch "$stamp-$what"
fi
