package tatara.data.profile;
import java.util.*;
import tatara.core.evidence.*;
import tatara.data.lake.Lake;
public final class Links { public Links(Lake lake) {} public List<ColumnLink> find(List<TableProfile> t) { return List.of(); } }
