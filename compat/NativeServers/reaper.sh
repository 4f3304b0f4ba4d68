# Outlives its owner, however that ends, and then ends what the owner left. Standard input comes from the owner:
#   add <pid> <start time> <signal>    a process group and the signal its leader stops on
#   remove <pid>                       that group has ended
#   delete <path>                      a directory to delete when everything has ended
# End of input means that the owner is gone. $1: how many tenths of a second the processes have to stop.
exec >/dev/null 2>&1
cd /
trap '' HUP INT TERM

groups=
paths=
newline='
'

# Is this the same process, and not another one with a reused id?
alive() {
    read -r stat < "/proc/$1/stat" || return 1
    started=$2
    set -- ${stat##*) }
    [ "$1" != Z ] && [ "${20}" = "$started" ]
}

while read -r verb first second third; do
    case $verb in
        add) groups="$first:$second:$third $groups" ;;
        remove)
            kept=
            for group in $groups; do [ "${group%%:*}" = "$first" ] || kept="$kept$group "; done
            groups=$kept ;;
        delete) paths="$paths$first $second $third$newline" ;;
    esac
done

# Newest first, as they depend on the older ones; each gets a moment before the next.
ticks=0
for group in $groups; do
    IFS=: read -r pid start signal <<EOF
$group
EOF
    alive "$pid" "$start" || continue
    kill -"$signal" "$pid"
    moment=0
    while alive "$pid" "$start" && [ $moment -lt 20 ] && [ $ticks -lt "$1" ]; do
        sleep 0.1
        moment=$((moment + 1)) ticks=$((ticks + 1))
    done
done

for group in $groups; do
    IFS=: read -r pid start signal <<EOF
$group
EOF
    while alive "$pid" "$start" && [ $ticks -lt "$1" ]; do
        sleep 0.1
        ticks=$((ticks + 1))
    done
    # The leader may be gone and its children not; an id in use by somebody else is left alone.
    if alive "$pid" "$start" || [ ! -e "/proc/$pid" ]; then kill -s KILL -- "-$pid"; fi
done

IFS=$newline
for path in $paths; do rm -rf -- "${path%"${path##*[! ]}"}"; done
