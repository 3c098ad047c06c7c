# The first process of namespaces of its own; $1 is the root that commands are to be run in.
mount -t proc proc "$1/proc" || exit
mount -t sysfs -o ro sysfs "$1/sys" || exit
mount -t tmpfs -o mode=755 dev "$1/dev" || exit
for device in null zero full random urandom tty; do
  touch "$1/dev/$device"
  mount --bind "/dev/$device" "$1/dev/$device" || exit
done
mkdir "$1/dev/shm" "$1/dev/pts"
mount -t tmpfs -o mode=1777 shm "$1/dev/shm" || exit
mount -t devpts -o newinstance,ptmxmode=666 devpts "$1/dev/pts" || exit
ln -s pts/ptmx "$1/dev/ptmx"
ln -s /proc/self/fd "$1/dev/fd"
for stream in 0:stdin 1:stdout 2:stderr; do
  ln -s "/proc/self/fd/${stream%:*}" "$1/dev/${stream#*:}"
done
mount -t tmpfs -o mode=755 run "$1/run" || exit
stand_ins "$1" || exit
echo ready
exec sleep infinity
