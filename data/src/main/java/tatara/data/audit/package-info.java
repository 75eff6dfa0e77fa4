/**
 * Source audit (D1): what each table is, how it is told apart and kept up to date, and which personal data it holds. Starts with
 * {@link tatara.data.audit.Auditor} and {@link tatara.data.audit.PersonalDataFinder}.
 */
@NullMarked
package tatara.data.audit;

import org.jspecify.annotations.NullMarked;
