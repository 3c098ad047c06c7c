import { execute, output } from '../../lib/local/hosts/execute.ts';

describe('a program of this machine', () => {
  it('is killed with all that holds its output when it is given up', async () => {
    const abandon = new AbortController();
    const { signal } = abandon;
    let pid = '';
    const running = output('sh', ['-c', 'echo $$; exec sleep 600'], {
      signal,
      onLine: (line) => {
        pid = line;
        abandon.abort();
      },
    });
    await expect(running).rejects.toThrow('aborted');
    expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH');
  });

  it('is not started when it has been given up before', async () => {
    await expect(execute('true', [], { signal: AbortSignal.abort() })).rejects.toThrow('aborted');
  });
});
