type Stop = () => Promise<void> | void;

/** npm forwards a terminal's Ctrl-C, so that one press arrives twice within moments. */
const SAME_PRESS_MS = 500;
const TOO_LONG_MS = 15_000;

export interface Shutdown {
  /** Functions run in the reverse of the order in which they were added. */
  add(name: string, stop: Stop): void;
  /** Stops everything, once, and ends the process with `code`, or with 1 if something did not stop. */
  run(code?: number): Promise<void>;
}

/** Ends the process in order at SIGINT and SIGTERM, with code 0; a second Ctrl-C ends it at once (130). */
export function createShutdown(options?: {
  exit?: (code: number) => void;
  report?: (line: string) => void;
}): Shutdown {
  const exit = options?.exit ?? ((code) => process.exit(code));
  const report = options?.report ?? ((line) => console.error(line));
  const stops: { name: string; stop: Stop }[] = [];
  let begun: { at: number; done: Promise<void> } | undefined;

  const run = (code = 0) => {
    begun ??= { at: Date.now(), done: stopAll(stops, report, exit).then((clean) => exit(clean ? code : 1)) };
    return begun.done;
  };
  const onSignal = () => {
    if (begun === undefined) void run();
    else if (Date.now() - begun.at > SAME_PRESS_MS) exit(130);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return { add: (name, stop) => void stops.push({ name, stop }), run };
}

async function stopAll(
  stops: { name: string; stop: Stop }[],
  report: (line: string) => void,
  exit: (code: number) => void,
): Promise<boolean> {
  const limit = setTimeout(() => {
    report('Stopping takes too long; giving up.');
    exit(1);
  }, TOO_LONG_MS);
  let clean = true;
  for (let next = stops.pop(); next; next = stops.pop()) {
    try {
      await next.stop();
    } catch (error) {
      clean = false;
      report(`${next.name} did not stop: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  clearTimeout(limit);
  return clean;
}
