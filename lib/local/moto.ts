export interface Moto {
  readonly url: string;
  /** Ends the server and waits until its process is gone. */
  stop(): Promise<void>;
}

/** Starts moto on a free loopback port; it dies with this process, however that ends. */
export const startMoto = async (): Promise<Moto> => {
  throw new Error('not built yet');
};
