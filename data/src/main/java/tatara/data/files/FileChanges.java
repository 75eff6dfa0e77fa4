package tatara.data.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a folder differs from a version of it; paths in the order of their code points.
 *
 * @param changed files with another content
 * @param files files that the folder has now
 * @param bytes their size
 * @param read files that had to be read to know it; the others were unchanged since they were read last
 */
public record FileChanges(
        List<String> added, List<String> changed, List<String> removed, long files, long bytes, long read) {
    public FileChanges {
        added = List.copyOf(added);
        changed = List.copyOf(changed);
        removed = List.copyOf(removed);
    }

    /** Whether the folder holds just what the version holds. */
    public boolean isNone() {
        return added.isEmpty() && changed.isEmpty() && removed.isEmpty();
    }

    static FileChanges between(List<StoredFile> before, List<StoredFile> now, long read) {
        Map<String, StoredFile> old = new TreeMap<>(FileTree.ORDER);
        before.forEach(file -> old.put(file.path(), file));
        List<String> added = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        for (StoredFile file : now) {
            StoredFile other = old.remove(file.path());
            if (other == null) {
                added.add(file.path());
            } else if (!other.equals(file)) {
                changed.add(file.path());
            }
        }
        long bytes = now.stream().mapToLong(StoredFile::bytes).sum();
        return new FileChanges(added, changed, List.copyOf(old.keySet()), now.size(), bytes, read);
    }
}
