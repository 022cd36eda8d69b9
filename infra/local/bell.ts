/** Sleeping that can be cut short for everyone who sleeps. */
export interface Bell {
  sleep(ms: number): Promise<void>;
  ring(): void;
}

export function createBell(): Bell {
  const sleepers = new Set<() => void>();
  return {
    sleep: (ms) =>
      new Promise((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          sleepers.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, ms);
        sleepers.add(wake);
      }),
    ring: () => {
      for (const wake of [...sleepers]) wake();
    },
  };
}
