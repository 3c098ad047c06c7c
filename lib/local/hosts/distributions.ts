/** A distribution that hosts are made of. */
export interface Distribution {
  /** `debian-12` */
  readonly name: string;
  readonly title: string;
  readonly codename: string;
  /** The label of its archive, by which this machine's mirror of it is known. */
  readonly label: string;
  /** Where that archive is, for a machine that has no mirror of it. */
  readonly archive: string;
  /** The file that its archive is verified with, and the package that has it. */
  readonly keyring: string;
  readonly keyringPackage: string;
  readonly packages: readonly string[];
  /** Where it and its updates come from, given the mirrors of the archive and of the security archive. */
  readonly sources: (mirror: string, security: string | undefined) => readonly string[];
}

// What an image of it has on EC2, as far as a control asks; no rsyslog, which Debian 12 has no longer by itself.
const common = [
  'auditd',
  'ca-certificates',
  'cron',
  'curl',
  'dbus',
  'fail2ban',
  'iproute2',
  'iputils-ping',
  'kmod',
  'libpam-pwquality',
  'libpam-systemd',
  'nftables',
  'openssh-client',
  'openssh-server',
  'openssl',
  'procps',
  'python3-systemd',
  'sudo',
  'systemd',
  'systemd-sysv',
  'systemd-timesyncd',
  'ufw',
  'unattended-upgrades',
];

export const debian12: Distribution = {
  name: 'debian-12',
  title: 'Debian 12',
  codename: 'bookworm',
  label: 'Debian',
  archive: 'http://deb.debian.org/debian',
  keyring: 'debian-archive-keyring.gpg',
  keyringPackage: 'debian-archive-keyring',
  // Without it apt takes what merges a /usr that is not, and perl with it.
  packages: [...common, 'usr-is-merged'],
  sources: (mirror, security) => [
    `deb ${mirror} bookworm main`,
    `deb ${mirror} bookworm-updates main`,
    ...(security === undefined ? [] : [`deb ${security} bookworm-security main`]),
  ],
};

const ubuntu = (version: string, codename: string): Distribution => ({
  name: `ubuntu-${version}`,
  title: `Ubuntu ${version}`,
  codename,
  label: 'Ubuntu',
  archive: `http://${process.arch === 'x64' ? 'archive.ubuntu.com/ubuntu' : 'ports.ubuntu.com/ubuntu-ports'}`,
  keyring: 'ubuntu-archive-keyring.gpg',
  keyringPackage: 'ubuntu-keyring',
  packages: common,
  sources: (mirror) =>
    ['', '-updates', '-security'].map(
      (pocket) => `deb ${mirror} ${codename}${pocket} main universe`,
    ),
});
export const ubuntu2204 = ubuntu('22.04', 'jammy');
export const ubuntu2404 = ubuntu('24.04', 'noble');
