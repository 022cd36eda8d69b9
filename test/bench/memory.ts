import { readdirSync, readFileSync } from 'node:fs';

/** Memory that is resident, in bytes: what Lambda counts. */

export type Memory = { idle: number; most: number };

/** Looks at this process's memory all the time: what it is at the start, and at most until it is stopped. */
export const watchMemory = (): { stop: () => Memory } => {
  globalThis.gc?.();
  const idle = process.memoryUsage.rss();
  let most = idle;
  const look = () => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  const watch = setInterval(look, 10);
  return {
    stop: () => {
      look();
      clearInterval(watch);
      return { idle, most };
    },
  };
};

/** The processes that one started and that still run. Linux alone tells. */
export const childrenOf = (pid: number): number[] => {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return []; // it has ended meanwhile
  }
};
const residentOf = (pid: number): number => {
  try {
    const [, kilobytes = '0'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) * 1_024;
  } catch {
    return 0;
  }
};

/** The memory of a process with all that it started. Linux alone tells. */
export const memoryOfTree = (pid: number): number =>
  residentOf(pid) + childrenOf(pid).reduce((sum, child) => sum + memoryOfTree(child), 0);
