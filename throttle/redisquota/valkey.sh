#!/usr/bin/env bash
# Runs the tests of this module on Valkey: the server of WKS_REDIS_SERVER, or valkey-server, or that of Debian's package,
# which is unpacked into a temporary folder and not installed. Debian 12 has it in its backports.
# The arguments are those of go test.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
server=${WKS_REDIS_SERVER:-$(command -v valkey-server || true)}
if [ -z "$server" ]; then
	scratch=$(mktemp -d)
	trap 'rm -rf "$scratch"' EXIT
	chmod 755 "$scratch"
	mkdir -p "$scratch"/lists/partial "$scratch"/cache/archives/partial
	. /etc/os-release
	suite=$VERSION_CODENAME
	archive=$(apt-get indextargets --format '$(REPO_URI)' "Codename: $suite" | head -n 1)
	[ "$suite" != bookworm ] || suite=bookworm-backports
	cat >"$scratch/debian.sources" <<-END
		Types: deb
		URIs: ${archive:?"apt knows no archive of Debian $suite"}
		Suites: $suite
		Components: main
		Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
	END
	apt=(apt-get -qq -o Dir::Etc::sourcelist="$scratch/debian.sources" -o Dir::Etc::sourceparts=/dev/null
		-o Dir::State::lists="$scratch/lists" -o Dir::Cache="$scratch/cache")
	"${apt[@]}" update
	(cd "$scratch" && "${apt[@]}" download valkey-server valkey-tools 2>/dev/null)
	for package in "$scratch"/*.deb; do dpkg -x "$package" "$scratch"; done
	server=$scratch/usr/bin/valkey-server
fi
"$server" --version
WKS_REDIS_SERVER=$server go test -count=1 "${@:-.}"
