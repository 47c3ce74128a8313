"""The server's settings: made for one laptop, an import of millions of rows and short reads."""

import os
from pathlib import Path
from stat import S_IWOTH

MB = 1024 * 1024
SHARED_MEMORY = Path("/dev/shm")  # nosec B108  # only its size and mode are asked


def settings() -> dict[str, str]:
    """PostgreSQL's settings, given on its command line at every start."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // MB
    return {
        # Reached through a socket in the cluster's own directory, never over the network
        "listen_addresses": "",
        "unix_socket_directories": ".",
        "unix_socket_permissions": "0600",
        "port": "5432",
        "cluster_name": "reelscope",
        # Memory
        "shared_buffers": f"{clamp(memory // 8, 256, 1024)}MB",
        "effective_cache_size": f"{clamp(memory // 2, 512, 32768)}MB",
        "work_mem": f"{clamp(memory // 64, 16, 128)}MB",
        "maintenance_work_mem": f"{clamp(memory // 16, 64, 1024)}MB",
        "dynamic_shared_memory_type": dynamic_shared_memory(),
        # No replica and no archive, so bulk loads into new tables need no log
        "wal_level": "minimal",
        "max_wal_senders": "0",
        "max_wal_size": "2GB",
        "checkpoint_timeout": "15min",
        # Planning: solid-state disks, and queries too short to be worth compiling
        "random_page_cost": "1.1",
        "jit": "off",
        # A client that was killed gives up its locks at once, not after its statement
        "client_connection_check_interval": "500ms",
        "timezone": "UTC",
        "log_timezone": "UTC",
    }


def clamp(value: int, least: int, most: int) -> int:
    return max(least, min(value, most))


def dynamic_shared_memory() -> str:
    """Parallel queries share memory; containers often have too little (64 MB) for that, and roots
    that were made by hand a directory that is not everybody's, as the server's account needs it."""
    try:
        status, mode = os.statvfs(SHARED_MEMORY), SHARED_MEMORY.stat().st_mode
    except OSError:  # macOS has no such directory and no such limit
        return "posix"
    enough = status.f_blocks * status.f_frsize >= 512 * MB
    return "posix" if enough and mode & S_IWOTH else "mmap"
