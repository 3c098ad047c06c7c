/** Whether what is mounted at a path of a container is a runtime's socket, whatever it is called on the host, as by a link. */
export const isSocketOfRuntime = (target: string): boolean =>
  /^(?:\/var)?\/run\/(?:docker|podman\/podman|containerd\/containerd|crio\/crio)\.sock$/.test(
    target.replace(/\/+$/, ''),
  );

/** Names and addresses that lead from a container to its host. */
const ofHost =
  /^(?:(?:host|gateway|kubernetes)\.docker\.internal|docker\.for\.(?:mac|win)\.(?:localhost|host\.internal)|host\.(?:containers|lima|minikube|rancher-desktop|k3d)\.internal|172\.(?:1[7-9]|2\d|3[01])\.0\.1)$/i;
/** What tells a client of Docker or Podman whom to ask. https://docs.docker.com/reference/cli/docker/#environment-variables */
const clients: ReadonlySet<string> = new Set(['DOCKER_HOST', 'CONTAINER_HOST']);
/** Of Docker's own; the second asks for certificates. https://docs.docker.com/engine/security/protect-access/ */
const ports: ReadonlySet<string> = new Set(['2375', '2376']);

const addresses =
  /\b(?:tcp|https?|ssh):\/\/(?:[^@\s/]{0,200}@)?(?:\[([^\]\s]{1,50})\]|([^\s:/"',]{1,253}))(?::(\d{1,5}))?/gi;
const isLoopback = (host: string): boolean => /^(?:127\.|::1$)/.test(host);
/** Whether a server whose share a host mounts is that host: its folders are shown then, as by a path. */
export const isHostItself = (server: string): boolean =>
  /^localhost\.?$/i.test(server) || isLoopback(server) || ofHost.test(server);
const isNumber = (host: string): boolean =>
  /^\d+(?:\.\d+){3}$|^(?=.[\da-f]*:)[\da-f:]+$/i.test(host);

/** Whether a variable has a client of a runtime ask whom it names. */
export const isOfClient = (name: string): boolean => clients.has(name);

/**
 * Whether a text has a container ask the runtime of its host, or one elsewhere that asks for no certificate: who asks it is root there.
 * What has a name is another container, such as a proxy that lets little through.
 * @param name of the variable that holds it; a program takes it as an argument where there is none
 * @param isAlias whether a name is one that somebody gave the host
 */
export const asksRuntime = (
  text: string,
  name: string | undefined,
  isAlias: (host: string) => boolean = () => false,
): boolean => {
  const isClient = name !== undefined && isOfClient(name);
  if (!isClient && !text.includes('://')) return false;
  const said = isClient && !text.includes('://') ? `tcp://${text.trim()}` : text;
  return [...said.matchAll(addresses)].some(([, six, other = '', port]) => {
    const host = six ?? other;
    if (!isClient && !ports.has(port ?? '')) return false;
    if (ofHost.test(host) || isAlias(host)) return true;
    return isNumber(host) && !isLoopback(host) && port !== '2376';
  });
};
