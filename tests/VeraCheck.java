import java.io.FileInputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Checks files against PDF/UA-1 with veraPDF: a line for each file with how much was checked, and one for each fault. */
class VeraCheck {
    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        PDFAFlavour ua1 = PDFAFlavour.fromString("ua1");
        for (String file : files) {
            try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(file), ua1);
                 PDFAValidator validator = Foundries.defaultInstance().createValidator(ua1, false)) {
                ValidationResult result = validator.validate(parser);
                System.out.println("checked\t" + file + "\t" + result.getTotalAssertions());
                for (TestAssertion fault : result.getTestAssertions())
                    System.out.println("fault\t" + file + "\t" + fault.getRuleId().getClause() + "-"
                        + fault.getRuleId().getTestNumber() + " " + fault.getMessage());
            }
        }
    }
}
