import { type RunOptions, type RunResult, runInGuest } from './guest.ts';
import { type Namespaces, openNamespaces } from './namespaces.ts';
import { mountOverlay } from './overlay.ts';

/** A root that is not booted: commands run in it with processes, mounts, network and kernel values of its own. */
export interface OverlayRoot {
  /** Where its files are for everybody else. */
  readonly path: string;
  /** Runs a bash script in it; whatever it starts lives on until the root is disposed of. */
  run(script: string, options?: RunOptions): Promise<RunResult>;
  /** A process in its network, made with the first run. */
  network(): Promise<number>;
  dispose(): Promise<void>;
}

export const overlayRoot = async (...bases: readonly string[]): Promise<OverlayRoot> => {
  const overlay = await mountOverlay(...bases);
  let opening: Promise<Namespaces> | undefined;
  const namespaces = () => {
    opening ??= openNamespaces(overlay);
    return opening;
  };
  return {
    path: overlay.path,
    run: async (script, options = {}) => {
      const { enter } = await namespaces();
      const command = ['bash', '-c', script];
      return runInGuest({ enter, command, waitsForOutput: false }, options);
    },
    network: async () => (await namespaces()).pid,
    dispose: () => overlay.will.execute(),
  };
};
