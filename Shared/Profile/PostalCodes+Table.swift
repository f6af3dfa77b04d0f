// SPDX-License-Identifier: GPL-3.0-or-later

// Sources: the Universal Postal Union's addressing systems by country, and the countries' own posts. Each line has a code
// that is in use and the forms that codes of the country have.
extension PostalCodes {
  /// Countries where post does not arrive without a code, or only late.
  static let needed = """
    AD AD500 = AD###
    AT 1010 = [1-9]###
    AU 2000 = ####
    AX 22100 = 22###
    BA 71000 = #####
    BE 1000 = [1-9]###
    BG 1000 = ####
    BR 01310-100 = #####-###
    BY 220030 = ######
    CA K1A 0B1 = [ABCEGHJ-NPRSTVXY]#[ABCEGHJ-NPRSTV-Z] #[ABCEGHJ-NPRSTV-Z]#
    CH 8001 = [1-9]###
    CN 100600 = ######
    CY 1010 = ####
    CZ 110 00 = [1-7]## ##
    DE 10115 = #####
    DK 1050 = ####
    EE 10111 = #####
    ES 28001 = [0-5]####
    FI 00100 = #####
    FO 100 = ###
    FR 75001 = #####
    GB SW1A 1AA = \(britishMasks)
    GF 97300 = 973##
    GG GY1 1AA = GY# #@@ | GY## #@@
    GL 3900 = 39##
    GP 97110 = 971##
    GR 106 82 = ### ##
    GU 96910 = 969##
    HR 10000 = #####
    HU 1051 = ####
    ID 10110 = #####
    IL 9614303 = ####### | #####
    IM IM1 1AF = IM# #@@ | IM## #@@
    IN 110001 = [1-9]#####
    IS 101 = ###
    IT 00184 = #####
    JE JE2 3XP = JE# #@@ | JE## #@@
    JP 100-0001 = ###-####
    KR 04524 = #####
    LI 9490 = 94##
    LT LT-01100 = LT-#####
    LU 1009 = ####
    LV LV-1010 = LV-####
    MC 98000 = 980##
    MK 1000 = ####
    MP 96950 = 9695#
    MQ 97220 = 972##
    MT VLT 1117 = @@@ ####
    MX 06000 = #####
    MY 50000 = #####
    NC 98800 = 988##
    NL 1012 AB = [1-9]### @@
    NO 0150 = ####
    NZ 6011 = ####
    PL 00-001 = ##-###
    PM 97500 = 97500
    PR 00901 = 00### | 00###-####
    PT 1000-205 = ####-###
    RE 97400 = 974##
    RO 010011 = ######
    RS 11000 = ##### | ######
    RU 101000 = ######
    SA 11564 = ##### | #####-####
    SE 111 22 = ### ##
    SG 018956 = ######
    SI 1000 = ####
    SJ 9170 = ####
    SK 811 01 = ### ##
    SM 47890 = 4789#
    TH 10110 = #####
    TR 34000 = #####
    TW 106 = ### | ##### | ######
    UA 01001 = #####
    US 94103 = ##### | #####-####
    VA 00120 = 00120
    VI 00802 = 008## | 008##-####
    YT 97600 = 976##
    ZA 0083 = ####
    """

  /// Countries that have codes which post often travels without.
  static let optional = """
    AF 1001 = ####
    AI AI-2640 = AI-2640
    AL 1001 = ####
    AM 0010 = ####
    AR C1425CLA = #### | @####@@@
    AS 96799 = 96799 | 96799-####
    AZ AZ 1000 = AZ ####
    BB BB11000 = BB#####
    BD 1000 = ####
    BH 317 = ### | ####
    BL 97133 = 97###
    BM HM 12 = @@ ## | @@ @@
    BN BT2328 = @@####
    BT 11001 = #####
    CC 6799 = 6799
    CL 8320000 = #######
    CO 110111 = ######
    CR 10101 = #####
    CU 10400 = #####
    CV 7600 = ####
    CX 6798 = 6798
    DO 10101 = #####
    DZ 40304 = #####
    EC 170515 = ######
    EG 12411 = ##### | #######
    ET 1071 = ####
    FK FIQQ 1ZZ = FIQQ 1ZZ
    FM 96941 = 9694# | 9694#-####
    GE 0105 = ####
    GI GX11 1AA = GX11 1AA
    GN 001 = ###
    GS SIQQ 1ZZ = SIQQ 1ZZ
    GT 01001 = #####
    GW 1000 = ####
    HN 11101 = #####
    HT HT6110 = HT####
    IE D02 AF30 = @## **** | D6W ****
    IO BBND 1ZZ = BBND 1ZZ
    IQ 31001 = #####
    IR 11936-12345 = #####-#####
    JO 11937 = #####
    KE 20100 = #####
    KG 720001 = ######
    KH 120101 = ##### | ######
    KW 54541 = #####
    KY KY1-1108 = KY#-####
    KZ 010000 = ###### | @##@#@#
    LA 01000 = #####
    LB 2038 3054 = #### | #### ####
    LC LC04 101 = LC## ###
    LK 00100 = #####
    LR 1000 = ####
    LS 100 = ###
    MA 53000 = #####
    MD MD-2001 = MD-####
    ME 81000 = #####
    MF 97150 = 97###
    MG 501 = ###
    MH 96960 = 969[67]# | 969[67]#-####
    MM 11181 = #####
    MN 15160 = ##### | ######
    MS MSR1110 = MSR####
    MU 42602 = #####
    MV 20026 = #####
    MZ 1102 = ####
    NA 10001 = #####
    NE 8001 = ####
    NF 2899 = 2899
    NG 930283 = ######
    NI 11001 = #####
    NP 44600 = #####
    OM 133 = ###
    PA 0801 = ####
    PE 15001 = #####
    PF 98714 = 987##
    PG 111 = ###
    PH 1000 = ####
    PK 44000 = #####
    PN PCRN 1ZZ = PCRN 1ZZ
    PW 96940 = 9694# | 96939
    PY 1209 = #### | ######
    SD 11042 = #####
    SH STHL 1ZZ = STHL 1ZZ | ASCN 1ZZ | TDCU 1ZZ
    SN 12500 = #####
    SV 1101 = ####
    SZ H100 = @###
    TC TKCA 1ZZ = TKCA 1ZZ
    TJ 734025 = ######
    TM 744000 = ######
    TN 1002 = ####
    TT 120110 = ######
    TZ 11101 = #####
    UY 11000 = #####
    UZ 100000 = ######
    VC VC0100 = VC####
    VE 1010 = ####
    VG VG1110 = VG####
    VN 11022 = ##### | ######
    WF 98600 = 986##
    ZM 50100 = #####
    """

  /// Countries without codes.
  static let without = """
    AE AG AO AW BF BI BJ BO BQ BS BW BZ CD CF CG CI CK CM CW DJ DM ER FJ GA GD GM GQ GY HK JM KI KM KN KP ML MO MR MW \
    NR NU QA RW SB SC SL SR SS ST SX SY TD TG TK TL TO TV UG VU YE ZW
    """

  /// The forms that Royal Mail assigns, and the letters it does not use in them.
  private static let britishMasks = {
    let (first, second) = ("[A-PR-UWYZ]", "[A-HK-Y]")
    let inward = "#[ABD-HJLNP-UW-Z][ABD-HJLNP-UW-Z]"
    let outward = [
      "\(first)#", "\(first)##", "\(first)\(second)#", "\(first)\(second)##", "\(first)#@", "\(first)\(second)#@",
    ]
    return (outward.map { "\($0) \(inward)" } + ["GIR 0AA"]).joined(separator: " | ")
  }()
}
