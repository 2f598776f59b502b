//! ISO 3166-1: the two-letter code of each three-letter code. `Intl.DisplayNames` knows the former only.

/// Three letters and two, in alphabetical order.
const CODES: &str = "\
     ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG \
     AUSAU AUTAT AZEAZ BDIBI BELBE BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL \
     BLRBY BLZBZ BMUBM BOLBO BRABR BRBBB BRNBN BTNBT BVTBV BWABW CAFCF CANCA CCKCC CHECH \
     CHLCL CHNCN CIVCI CMRCM CODCD COGCG COKCK COLCO COMKM CPVCV CRICR CUBCU CUWCW CXRCX \
     CYMKY CYPCY CZECZ DEUDE DJIDJ DMADM DNKDK DOMDO DZADZ ECUEC EGYEG ERIER ESHEH ESPES \
     ESTEE ETHET FINFI FJIFJ FLKFK FRAFR FROFO FSMFM GABGA GBRGB GEOGE GGYGG GHAGH GIBGI \
     GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR GRDGD GRLGL GTMGT GUFGF GUMGU GUYGY HKGHK HMDHM \
     HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR IRQIQ ISLIS ISRIL ITAIT \
     JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG KHMKH KIRKI KNAKN KORKR KWTKW LAOLA LBNLB \
     LBRLR LBYLY LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV MACMO MAFMF MARMA MCOMC MDAMD \
     MDGMG MDVMV MEXMX MHLMH MKDMK MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ MRTMR MSRMS \
     MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA NCLNC NERNE NFKNF NGANG NICNI NIUNU NLDNL NORNO \
     NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN PERPE PHLPH PLWPW PNGPG POLPL PRIPR PRKKP \
     PRTPT PRYPY PSEPS PYFPF QATQA REURE ROURO RUSRU RWARW SAUSA SDNSD SENSN SGPSG SGSGS \
     SHNSH SJMSJ SLBSB SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR SVKSK SVNSI \
     SWESE SWZSZ SXMSX SYCSC SYRSY TCATC TCDTD TGOTG THATH TJKTJ TKLTK TKMTM TLSTL TONTO \
     TTOTT TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA UMIUM URYUY USAUS UZBUZ VATVA VCTVC \
     VENVE VGBVG VIRVI VNMVN VUTVU WLFWF WSMWS YEMYE ZAFZA ZMBZM ZWEZW \
";

/// The two-letter code of a country for its two or three letters, in capitals; `None` for anything else.
pub(super) fn alpha_2(code: &str) -> Option<String> {
    let code = code.to_ascii_uppercase();
    match code.len() {
        2 if code.bytes().all(|byte| byte.is_ascii_uppercase()) => Some(code),
        3 => CODES
            .split_ascii_whitespace()
            .find_map(|record| record.strip_prefix(code.as_str()))
            .map(str::to_owned),
        _ => None,
    }
}

/// The two-letter codes of all countries.
pub(super) fn alpha_2_codes() -> impl Iterator<Item = &'static str> {
    CODES
        .split_ascii_whitespace()
        .filter_map(|record| record.get(3..))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_letter_code_has_its_two_letter_code() {
        for (three, two) in [
            ("SAU", "SA"),
            ("are", "AE"),
            ("EGY", "EG"),
            ("ABW", "AW"),
            ("ZWE", "ZW"),
            ("sa", "SA"),
        ] {
            assert_eq!(alpha_2(three).as_deref(), Some(two));
        }
        for other in ["", "S", "XXX", "SAUD", "س", "SA1", "1A", "AU ", " SA"] {
            assert_eq!(alpha_2(other), None, "{other}");
        }
    }

    #[test]
    fn table_has_every_country_once() {
        let records: Vec<_> = CODES.split_ascii_whitespace().collect();
        assert_eq!(records.len(), 249);
        assert!(records.is_sorted());
        assert!(records.iter().all(|record| record.len() == 5));
        let codes: Vec<_> = alpha_2_codes().collect();
        assert_eq!(codes.len(), 249);
        assert_eq!(codes.first(), Some(&"AW"));
    }
}
