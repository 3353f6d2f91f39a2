#!/bin/sh
# bare.sh test|run|COMMAND... - does it work on a Debian 12 that has nothing? Makes one with debootstrap (root,
# package debootstrap), clones the last commit of this tree into it and there runs `make test`, or `make run` until
# it answers and a second time from its stamps, or the command.
#
#   ZHUCAN_BARE=/tmp/bare    where; a system that is there is used again, without what an earlier run installed:
#                            each run works on a copy (an overlay in memory where possible)
set -eu
cd "$(dirname "$0")/.."
tree=$PWD
where=${ZHUCAN_BARE:-/tmp/bare}
[ $# -ge 1 ] || {
	sed -n '2,4s/^# //p' "$0" >&2
	exit 2
}

# Only what a person must have before `git clone` and `make` can be typed.
if [ ! -f "$where/base/etc/debian_version" ]; then
	mkdir -p "$where"
	# from where this machine has its own packages
	# shellcheck disable=SC2016 # the format is apt's, not the shell's
	mirror=${DEBIAN_MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | sort -u | head -n 1)}
	debootstrap --variant=minbase --include=make,git,ca-certificates bookworm "$where/base.new" "$mirror"
	mv "$where/base.new" "$where/base"
fi

if [ "${ZHUCAN_BARE_INSIDE:-}" != 1 ]; then
	# Mounts and processes of a namespace of its own end with it, however this script ends.
	ZHUCAN_BARE_INSIDE=1 exec unshare --mount --pid --fork --kill-child "$0" "$@"
fi

mount --make-rprivate /
mkdir -p "$where/changes" "$where/root"
rm -rf "$where/changes/upper" "$where/changes/work"
mkdir "$where/changes/upper" "$where/changes/work"
if ! mount -t overlay overlay -o "lowerdir=$where/base,upperdir=$where/changes/upper,workdir=$where/changes/work" \
	"$where/root" 2>/dev/null; then
	echo "bare.sh: no overlay here; copying the base system"
	rm -rf "$where/root"
	cp -a "$where/base" "$where/root"
fi
root=$where/root
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
cp /etc/resolv.conf "$root/etc/resolv.conf"
# A network that reads TLS has its certificate in this machine's bundle.
cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
git clone -q "file://$tree" "$root/zhucan"

# Becomes the command; in a session of its own when asked, so that all of it can be ended.
inside() {
	exec ${own_session:+setsid} chroot "$root" env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
		NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt \
		${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
		sh -c "cd /zhucan && $*"
}

# serves SECONDS: starts `make run` and waits until it answers.
serves() {
	from=$(date +%s%N)
	own_session=1 inside "exec make run PORT=8089" </dev/null &
	server=$!
	i=0
	until curl -fsS -o /dev/null http://127.0.0.1:8089/ 2>/dev/null; do
		i=$((i + 1))
		if [ $i -gt $(($1 * 5)) ] || ! kill -0 $server 2>/dev/null; then
			echo "bare.sh: no answer"
			return 1
		fi
		sleep 0.2
	done
	echo "bare.sh: make run answered after $((($(date +%s%N) - from) / 1000000)) ms"
	kill -s TERM -- -$server
	wait $server || true
	if curl -fsS -o /dev/null http://127.0.0.1:8089/ 2>/dev/null; then
		echo "bare.sh: it still answers after SIGTERM"
		return 1
	fi
}

case $1 in
test) inside "exec make test" </dev/null ;;
run) serves 1200 && serves 30 ;;
*) inside "$*" ;;
esac
