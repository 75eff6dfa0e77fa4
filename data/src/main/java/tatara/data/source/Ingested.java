package tatara.data.source;

import tatara.core.evidence.SourceAudit;
import tatara.core.evidence.TableRef;

/**
 * A source in the raw layer.
 *
 * @param raw its rows
 * @param audit where they came from, and what was found out on the way
 */
public record Ingested(TableRef raw, SourceAudit audit) {}
