package tatara.data.quality;
import java.util.*;
import tatara.core.design.DataDesign;
import tatara.core.evidence.*;
import tatara.core.spec.Spec;
import tatara.data.lake.Lake;
public final class Gates { public Gates(Lake lake) {} public List<GateResult> evaluate(DataDesign d, List<TableProfile> t, Spec s) { return List.of(); } }
