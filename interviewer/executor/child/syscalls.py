"""System calls the candidate's process may not make: name/x86-64/aarch64, `-` where there is none.

`_PARENTS` are those its zygote cannot do without; the rest are refused to both.

Numbers are the kernel's stable ABI (asm/unistd_64.h and asm-generic/unistd.h).
"""

from __future__ import annotations

import re

_PARENTS = """
sendto/44/206 sendmsg/46/211 recvfrom/45/207 recvmsg/47/212 setsid/112/157
"""

_DENIED = """
# network #
socket/41/198 socketpair/53/199 connect/42/203 accept/43/202 accept4/288/242 bind/49/200 listen/50/201
sendmmsg/307/269 recvmmsg/299/243 getsockopt/55/209 setsockopt/54/208 getpeername/52/205
getsockname/51/204 shutdown/48/210
# processes #
fork/57/- vfork/58/- execve/59/221 execveat/322/281 ptrace/101/117 process_vm_readv/310/270
process_vm_writev/311/271 kcmp/312/272 tkill/200/130 rt_sigqueueinfo/129/138 rt_tgsigqueueinfo/297/240
setpgid/109/154 setpriority/141/140 sched_setaffinity/203/122 sched_setscheduler/144/119
sched_setparam/142/118 sched_setattr/314/274 ioprio_set/251/30 setrlimit/160/164 unshare/272/97
setns/308/268 personality/135/92
# identity #
setuid/105/146 setgid/106/144 setreuid/113/145 setregid/114/143 setresuid/117/147 setresgid/119/149
setgroups/116/159 setfsuid/122/151 setfsgid/123/152 capset/126/91 seccomp/317/277
# files #
creat/85/- mkdir/83/- mkdirat/258/34 rmdir/84/- unlink/87/- unlinkat/263/35 rename/82/- renameat/264/38
renameat2/316/276 link/86/- linkat/265/37 symlink/88/- symlinkat/266/36 mknod/133/- mknodat/259/33
chmod/90/- fchmod/91/52 fchmodat/268/53 chown/92/- fchown/93/55 lchown/94/- fchownat/260/54 utime/132/-
utimes/235/- utimensat/280/88 futimesat/261/- truncate/76/45 ftruncate/77/46 fallocate/285/47
setxattr/188/5 lsetxattr/189/6 fsetxattr/190/7 removexattr/197/14 lremovexattr/198/15 fremovexattr/199/16
getxattr/191/8 lgetxattr/192/9 fgetxattr/193/10 listxattr/194/11 llistxattr/195/12 flistxattr/196/13
chroot/161/51 pivot_root/155/41 mount/165/40 umount2/166/39 flock/73/32 memfd_create/319/279
name_to_handle_at/303/264 open_by_handle_at/304/265 inotify_init/253/- inotify_init1/294/26
inotify_add_watch/254/27 fanotify_init/300/262 fanotify_mark/301/263 sync/162/81 syncfs/306/267
fsync/74/82 fdatasync/75/83 umask/95/166
# shared #
shmget/29/194 shmat/30/196 shmctl/31/195 shmdt/67/197 msgget/68/186 msgsnd/69/189 msgrcv/70/188
msgctl/71/187 semget/64/190 semop/65/193 semctl/66/191 semtimedop/220/192 mq_open/240/180
mq_unlink/241/181 mq_timedsend/242/182 mq_timedreceive/243/183 mq_notify/244/184 mq_getsetattr/245/185
add_key/248/217 request_key/249/218 keyctl/250/219
# kernel #
bpf/321/280 perf_event_open/298/241 userfaultfd/323/282 io_setup/206/0 io_submit/209/2 io_cancel/210/3
io_destroy/207/1 io_getevents/208/4 io_pgetevents/333/292 syslog/103/116 reboot/169/142
kexec_load/246/104 kexec_file_load/320/294 init_module/175/105 finit_module/313/273 delete_module/176/106
acct/163/89 swapon/167/224 swapoff/168/225 quotactl/179/60 settimeofday/164/170 clock_settime/227/112
clock_adjtime/305/266 adjtimex/159/171 lookup_dcookie/212/18 vhangup/153/58 ioperm/173/- iopl/172/-
modify_ldt/154/- uselib/134/- ustat/136/- sysfs/139/- nfsservctl/180/42 sethostname/170/161
setdomainname/171/162 migrate_pages/256/238 move_pages/279/239 mbind/237/235 set_mempolicy/238/237
vmsplice/278/75 splice/275/76 tee/276/77 mlock/149/228 mlock2/325/284 mlockall/151/230
remap_file_pages/216/234 pkey_alloc/330/289
"""

_CHECKED = """
open/2/- openat/257/56 clone/56/220 clone3/435/435 kill/62/129 tgkill/234/131 prctl/157/167
prlimit64/302/261 ioctl/16/29 fcntl/72/25
"""


def _numbers(table: str, column: int) -> dict[str, int]:
    rows = re.findall(r"(\w+)/(\d+|-)/(\d+|-)", table)
    return {row[0]: int(row[column]) for row in rows if row[column] != "-"}


def denied(machine: str) -> dict[str, int]:
    """Calls refused to zygote and child on `machine` (`x86_64` or `aarch64`)."""
    return _numbers(_DENIED, 1 if machine == "x86_64" else 2)


def parents(machine: str) -> dict[str, int]:
    """Calls refused to the child alone."""
    return _numbers(_PARENTS, 1 if machine == "x86_64" else 2)


def checked(machine: str) -> dict[str, int]:
    """Calls allowed or refused by their arguments."""
    return _numbers(_CHECKED, 1 if machine == "x86_64" else 2)
