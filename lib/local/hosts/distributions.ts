/** A distribution that hosts are made of. */
export interface Distribution {
  /** `debian-12` */
  readonly name: string;
  readonly title: string;
  readonly codename: string;
  /** The label of its archive, by which this machine's mirror of it is known. */
  readonly label: string;
  readonly components: string;
  /** The file that its archive is verified with, and the package that has it. */
  readonly keyring: string;
  readonly keyringPackage: string;
  /** debootstrap's script for it; an older one for a release that this machine's debootstrap does not know. */
  readonly script: string;
  readonly packages: readonly string[];
  /** Where its updates come from, given the mirrors of the archive and of the security archive. */
  readonly updates: (mirror: string, security: string | undefined) => readonly string[];
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
  components: 'main',
  keyring: 'debian-archive-keyring.gpg',
  keyringPackage: 'debian-archive-keyring',
  script: 'sid',
  packages: common,
  updates: (mirror, security) => [
    `deb ${mirror} bookworm-updates main`,
    ...(security === undefined ? [] : [`deb ${security} bookworm-security main`]),
  ],
};

const ubuntu = (version: string, codename: string): Distribution => ({
  name: `ubuntu-${version}`,
  title: `Ubuntu ${version}`,
  codename,
  label: 'Ubuntu',
  components: 'main universe',
  keyring: 'ubuntu-archive-keyring.gpg',
  keyringPackage: 'ubuntu-keyring',
  script: 'gutsy',
  packages: common,
  updates: (mirror) => [
    `deb ${mirror} ${codename}-updates main universe`,
    `deb ${mirror} ${codename}-security main universe`,
  ],
});
export const ubuntu2204 = ubuntu('22.04', 'jammy');
export const ubuntu2404 = ubuntu('24.04', 'noble');
