package tatara.pipeline.execute;

/**
 * What a run may use.
 *
 * @param threads work done at once
 * @param heapMegabytes heap of this process
 * @param engineMegabytes memory of the SQL engine, outside the heap
 * @param host address of the live check and of the server
 * @param port of the server, 0 for any
 * @param designOnly end with the hand-offs that need no training
 */
public record RunSettings(
        int threads, int heapMegabytes, int engineMegabytes, String host, int port, boolean designOnly) {
    /** The machine's processors, the heap as started, and as much again (1 to 8 GiB) for the SQL engine. */
    public static RunSettings ofThisProcess(String host, int port, boolean designOnly) {
        int heap = (int) (Runtime.getRuntime().maxMemory() >> 20);
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
        return new RunSettings(threads, heap, Math.max(1024, Math.min(8192, heap)), host, port, designOnly);
    }
}
