package org.entente.reading;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A root of its own for a program that reads what strangers wrote: what it needs of this machine, for reading only, its folder, and nothing else. What is not named is not
 * there: no place has to be remembered to be covered.
 */
final class Room {

    private static final Logger log = LoggerFactory.getLogger(Room.class);

    /**
     * Arguments: the folder that may be written, what is shown, {@code --}, what is not shown even there, {@code --}, the program. The new root lies below the folder until it
     * takes the place of the old one, which then cannot be reached any more.
     */
    private static final String BUILD = """
            set -e
            umask 022
            work=$1; new=$1/room; shift
            mkdir "$new"
            mount --make-rprivate /
            mount -t tmpfs -o size=1m,mode=755 none "$new"
            mkdir -p "$new/proc" "$new/tmp" "$new/var/tmp"
            mount -t tmpfs -o size=8m,mode=1777 none "$new/tmp"
            mount -t tmpfs -o size=8m,mode=1777 none "$new/var/tmp"
            room() {
              mkdir -p "$new$(dirname "$1")"
              if [ -L "$1" ] && [ "$(dirname "$1")" = / ]; then cp -P "$1" "$new$1"
              else
                if [ -d "$1" ]; then mkdir -p "$new$1"; else : > "$new$1"; fi
                mount --rbind "$1" "$new$1"
              fi
            }
            while [ "$1" != -- ]; do
              if [ -e "$1" ] && [ ! -e "$new$1" ]; then room "$1"; fi
              shift
            done
            shift
            # Each mount of its own, with the options that the kernel lets nobody take away.
            while read -r id parent device root point options rest; do
              point=$(printf '%b' "$point")
              case $point in
                "$new/tmp" | "$new/var/tmp") ;;
                "$new"/*)
                  flags=ro
                  for one in nosuid nodev noexec noatime nodiratime relatime; do
                    case ,$options, in *,$one,*) flags=$flags,$one ;; esac
                  done
                  mount -o "remount,bind,$flags" "$point" ;;
              esac
            done < /proc/self/mountinfo
            while [ "$1" != -- ]; do
              if [ "${1#/?}" = "$1" ]; then : # no place: nothing was named
              elif [ -d "$new$1" ]; then mount -t tmpfs -o ro,size=4k none "$new$1"
              elif [ -e "$new$1" ]; then mount --bind /dev/null "$new$1"
              fi
              shift
            done
            shift
            mount -t proc proc "$new/proc"
            mkdir -p "$new$work"
            mount --bind "$work" "$new$work"
            cd "$new"
            pivot_root . .
            umount -l .
            mount -o remount,bind,ro /
            cd "$work"
            exec setpriv --no-new-privs --bounding-set=-all --inh-caps=-all -- "$@"
            """;

    /** What programs of a Linux are made of; those that are not there are left out. */
    private static final List<String> SYSTEM = List.of(
            "/usr",
            "/bin",
            "/sbin",
            "/lib",
            "/lib32",
            "/lib64",
            "/etc/alternatives",
            "/etc/fonts",
            "/etc/ld.so.cache",
            "/etc/ld.so.conf",
            "/etc/ld.so.conf.d",
            "/etc/localtime",
            "/var/cache/fontconfig",
            "/dev/null",
            "/dev/random",
            "/dev/urandom",
            "/dev/zero");

    private static final class Known {
        static final boolean POSSIBLE = tried();

        static {
            if (!POSSIBLE) {
                log.warn(
                        "Linux does not let this user make a root of its own for a program: what opens documents {} (docs/operators/previews.md)",
                        Sandbox.walled()
                                ? "is kept from the network and from the folders that are named, and may read the rest of this machine"
                                : "is walled off by nothing but its own settings");
            }
        }
    }

    private Room() {}

    /**
     * @param work the folder of the program, the only one in which it may write
     * @param shown what it may read beside the system
     * @param hidden what it may not read even if it lies in what is shown
     */
    static List<String> prefix(Path work, List<String> shown, List<String> hidden) {
        List<String> all = new ArrayList<>(Sandbox.last());
        all.addAll(possible() ? build(work, shown, hidden) : Sandbox.walls(hidden));
        return all;
    }

    private static List<String> build(Path work, List<String> shown, List<String> hidden) {
        List<String> all = new ArrayList<>(Sandbox.ALONE);
        all.addAll(List.of("/bin/sh", "-c", BUILD, "room", work.toString()));
        all.addAll(SYSTEM);
        all.addAll(shown);
        all.add("--");
        all.addAll(hidden);
        all.add("--");
        return all;
    }

    /** Whether the kernel lets this user have one. */
    static boolean possible() {
        return Known.POSSIBLE;
    }

    private static boolean tried() {
        try {
            ReaderFolder folder = ReaderFolder.make();
            try {
                return Sandbox.works(build(folder.path(), List.of(), List.of()));
            } finally {
                folder.delete();
            }
        } catch (IOException e) {
            return false;
        }
    }
}
