"""WordPress as Debian packages it, with Apache, mod_php (its opcode cache on) and MariaDB, for `benchmarks.serving`.

All of it lies in a folder that is thrown away; the packages' own services and their data are not touched. It needs root,
as Debian's Apache does not read a folder of somebody else's.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

PACKAGES: Final = "wordpress mariadb-server apache2 libapache2-mod-php php-cli php-mysql"
_PROGRAMS: Final = ("mariadbd", "mariadb-install-db", "apache2", "php")
_WORDPRESS: Final = Path("/usr/share/wordpress")

_CONFIG: Final = """<?php
define('DB_NAME', 'wp'); define('DB_USER', 'root'); define('DB_PASSWORD', ''); define('DB_HOST', 'localhost:{socket}');
define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('WP_HTTP_BLOCK_EXTERNAL', true); define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true);
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
_INSTALL: Final = """<?php
function wp_new_blog_notification() {{}}  // it would send mail
define('WP_INSTALLING', true); $_SERVER['HTTP_HOST'] = '127.0.0.1:{port}';
require '{site}/wp-load.php'; require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Benchmark', 'admin', 'admin@example.org', true, '', bin2hex(random_bytes(9)));
foreach (json_decode(file_get_contents('{texts}')) as $one)
  $last = wp_insert_post(array('post_title' => $one[0], 'post_content' => $one[1], 'post_status' => 'publish'));
echo $last;
"""
_APACHE: Final = """ServerRoot /etc/apache2
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile {folder}/apache.pid
ErrorLog {folder}/apache.log
User www-data
Group www-data
IncludeOptional mods-enabled/*.load
IncludeOptional mods-enabled/*.conf
DocumentRoot {site}
<Directory {site}>
  Require all granted
</Directory>
StartServers 4
MaxRequestWorkers 8
"""


def is_there() -> bool:
    """Whether all that it needs is installed, and may be started."""
    return _WORDPRESS.is_dir() and all(map(shutil.which, _PROGRAMS)) and os.geteuid() == 0


@contextmanager
def serving(texts: Sequence[tuple[str, str]], folder: Path, port: int) -> Iterator[tuple[str, str]]:
    """Serve posts of these titles and texts; the addresses of the list of posts and of one post."""
    folder.chmod(0o755)
    database = _database(folder)
    apache = None
    try:
        site = folder / "site"
        shutil.copytree(_WORDPRESS, site, ignore=shutil.ignore_patterns("wp-config.php", ".htaccess"))
        (site / "wp-config.php").write_text(_CONFIG.format(socket=folder / "sql.socket"))
        (folder / "texts.json").write_text(json.dumps(texts))
        install = folder / "install.php"
        install.write_text(_INSTALL.format(site=site, port=port, texts=folder / "texts.json"))
        last = subprocess.run(["php", install], check=True, stdout=subprocess.PIPE, text=True).stdout
        (folder / "apache.conf").write_text(_APACHE.format(port=port, folder=folder, site=site))
        # When it ends, Apache ends its whole session: it gets one of its own.
        apache = subprocess.Popen(
            ["apache2", "-f", folder / "apache.conf", "-DFOREGROUND"], start_new_session=True
        )
        yield f"http://127.0.0.1:{port}/", f"http://127.0.0.1:{port}/?p={int(last)}"
    finally:
        for server in (apache, database):
            if server is not None:
                server.terminate()
                server.wait()


def _database(folder: Path) -> subprocess.Popen[bytes]:
    data, socket = folder / "sql", folder / "sql.socket"
    quiet = subprocess.DEVNULL
    subprocess.run(
        ["mariadb-install-db", "--no-defaults", "--user=root", f"--datadir={data}",
         "--auth-root-authentication-method=normal"],
        check=True, stdout=quiet, stderr=quiet,
    )  # fmt: skip
    server = subprocess.Popen(
        ["mariadbd", "--no-defaults", "--user=root", f"--datadir={data}", f"--socket={socket}",
         "--skip-networking", f"--pid-file={folder}/sql.pid"],
        stderr=quiet,
    )  # fmt: skip
    ask = ["mariadb", "--no-defaults", "-uroot", f"--socket={socket}", "-e"]
    for _ in range(100):
        if subprocess.run([*ask, "CREATE DATABASE IF NOT EXISTS wp"], stderr=quiet).returncode == 0:
            socket.chmod(0o777)
            return server
        time.sleep(0.2)
    server.kill()
    raise RuntimeError("MariaDB does not answer")
